"""Pages about the knowledge, written from the data alone: what is judged, from where, and who must sign it off."""
