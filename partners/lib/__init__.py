"""Small pure modules, each named after a thing; at most eight of them."""
