"""Two sets of tables side by side, and what is taken back from one."""
