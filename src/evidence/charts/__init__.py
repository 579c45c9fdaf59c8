"""Charts: DataFrame in, Altair chart out; a chart never computes what it shows. One module per chapter, one shared look."""
