"""Everything that runs this project on one machine: servers, supervisor, checks, benchmark. Not part of the product."""
