"""The rows of a sheet as they are held: by column, each distinct value once; packed for the way to another process."""
