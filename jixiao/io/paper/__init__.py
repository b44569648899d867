"""What a page is: grid, form, layout, and what happens on it. Knows no file and no draft."""
