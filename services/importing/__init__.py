"""Reading the national catalogue's file: columns, cells, and what can be read from them without guessing."""
