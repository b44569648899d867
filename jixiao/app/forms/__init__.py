"""The forms at hand, and whether a drawn form is a good one."""
