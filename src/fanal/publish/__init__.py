"""The face that writes files for the public: only what the guard has cleared."""
