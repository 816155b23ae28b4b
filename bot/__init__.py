"""Zhichi (支持): runs a company's technical-support process by e-mail alone."""
