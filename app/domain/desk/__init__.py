"""The service desk: requests to customer service."""
