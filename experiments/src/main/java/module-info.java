// The command line: a program, no library, so that nothing is exported. Open to picocli and Jackson.
open module dev.odeon.experiments {
    requires dev.odeon.models;
    requires dev.odeon.plots;
    requires dev.odeon.datasets;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires org.apache.arrow.memory.core;
    requires java.management;
}
