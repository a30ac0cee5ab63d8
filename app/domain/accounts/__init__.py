"""The customer: the company, the people, what is published of it, what happened with it."""
