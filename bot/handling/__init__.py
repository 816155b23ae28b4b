"""The steps of a turn: read a mail with its case, record a decision, send what is due. Only the cycle calls them."""
