//! Small inputs of each kind, made here.
