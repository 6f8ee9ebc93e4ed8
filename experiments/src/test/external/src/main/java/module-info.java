module example {
    requires dev.odeon.ode;
}
