"""Who asks: keys of programs that read more than anybody may, and how much each has asked."""
