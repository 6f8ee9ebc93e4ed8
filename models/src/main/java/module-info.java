/** Neural ODE models and their training. */
module dev.odeon.models {
    requires transitive dev.odeon.ode;
    requires transitive dev.odeon.datasets;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports dev.odeon.models.continuous;
    exports dev.odeon.models.continuous.networks;
    exports dev.odeon.models.fit;
    exports dev.odeon.models.grand;
    exports dev.odeon.models.optimisers;
    exports dev.odeon.models.recurrent;
    exports dev.odeon.models.schedules;
    exports dev.odeon.models.serving;
    exports dev.odeon.models.training;
    exports dev.odeon.models.training.data;
    exports dev.odeon.models.training.events;
    exports dev.odeon.models.training.runs;

    // Checkpoints keep the records of epochs as JSON.
    opens dev.odeon.models.training.runs to
            com.fasterxml.jackson.databind;
}
