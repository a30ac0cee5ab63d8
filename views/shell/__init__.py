"""The frame round every page: the window, the way from page to page, and the look they share."""
