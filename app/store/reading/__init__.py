"""Pictures for screens: each is read from the device's store in a few statements."""
