"""绩效目标表编辑器: an offline editor for the performance-goal tables of budget units."""

__version__ = "0.1.0"
