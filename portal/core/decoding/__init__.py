"""Reading strangers' pictures and videos in a process of its own, which may use so much and no more.

Decoders of videos and of HEIC are large C libraries. What they do with a hostile file happens in a child without our
environment, with limits on time, memory and what it writes; its end is an exception here and nothing else.
"""
