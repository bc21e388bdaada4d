use std::process::ExitCode;

/// Texts are cut into many small pieces on many threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annalist::cli::main()
}
