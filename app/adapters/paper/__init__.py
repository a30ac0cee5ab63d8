"""The order form and the quote on paper: A4 pages in the hand of the application, in the customer's language."""
