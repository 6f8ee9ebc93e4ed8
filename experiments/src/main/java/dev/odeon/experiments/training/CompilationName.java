package dev.odeon.experiments.training;

import dev.odeon.graph.Compilation;

/** Compilations by their names on the command line. */
public enum CompilationName {
    executor(Compilation.EXECUTOR),
    xla(Compilation.XLA),
    auto(Compilation.AUTO);

    private final Compilation compilation;

    CompilationName(Compilation compilation) {
        this.compilation = compilation;
    }

    /** How the graph is run. */
    public Compilation compilation() {
        return compilation;
    }
}
