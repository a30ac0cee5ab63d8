"""Parts that know no trade: buttons, fields, lists, charts, built once and used on every page."""
