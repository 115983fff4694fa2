"""Turns the fact tables into the dataset of Attlas. Entry point: script/convert-facts."""
