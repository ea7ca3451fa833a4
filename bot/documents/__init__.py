"""Documents to print: pure but for the fonts beside them."""
