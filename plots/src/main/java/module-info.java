/** Pictures of solves and trainings, for the command line and for notebooks. */
@SuppressWarnings("requires-automatic") // JFreeChart comes without a module descriptor.
module dev.odeon.plots {
    requires transitive dev.odeon.models;
    requires transitive java.desktop;
    requires static transitive org.jspecify;
    requires org.jfree.jfreechart;

    exports dev.odeon.plots;
    exports dev.odeon.plots.notebook;
}
