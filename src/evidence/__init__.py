"""The evidence book: from checked data to a bound bilingual book, every number with its source."""
