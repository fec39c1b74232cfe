"""Questions -> groups of questions that ask the same, by rules that can be told: no label, no training, no threshold to set.

In come texts of questions without personal data; out come the number of each one's group, what a group shares, and its most typical
wording. Groups grow: later questions join those that are there, and no question is looked at twice. Pure: no input or output, no clock. May
import bot.english and numpy.
"""
