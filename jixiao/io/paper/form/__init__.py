"""Official forms: how they are drawn, loaded, chosen and filled."""
