"""The signing screen: the order form read to its last line, the stroke, the sealed copy."""
