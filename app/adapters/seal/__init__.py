"""The seal: what was shown is closed with the device's own certificate, and any change to it is seen."""
