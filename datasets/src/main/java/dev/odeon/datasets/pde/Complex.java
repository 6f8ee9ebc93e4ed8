package dev.odeon.datasets.pde;

/** A complex number, for the few coefficients that are computed once per simulation. */
record Complex(double re, double im) {
    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex plus(double other) {
        return new Complex(re + other, im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double other) {
        return new Complex(re * other, im * other);
    }

    Complex over(Complex other) {
        double scale = other.re * other.re + other.im * other.im;
        return new Complex((re * other.re + im * other.im) / scale, (im * other.re - re * other.im) / scale);
    }

    Complex exp() {
        double modulus = Math.exp(re);
        return new Complex(modulus * Math.cos(im), modulus * Math.sin(im));
    }
}
