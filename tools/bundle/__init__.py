"""Offline bundles: all that an office's computer needs to install zjf without a network.

A bundle is made for one system and one version of Python: the pinned wheels, what installs them, and sums.
"""
