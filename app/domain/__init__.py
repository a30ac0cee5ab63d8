"""The rules of the trade: frozen values in, frozen values out; nothing here knows a clock, a file or a window."""
