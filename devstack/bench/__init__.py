"""What a page costs, as a ratio to a bare view of the same server: ./bench."""
