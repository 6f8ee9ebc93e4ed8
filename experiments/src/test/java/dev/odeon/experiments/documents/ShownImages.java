package dev.odeon.experiments.documents;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The images that the cells of a notebook have as their values; called from inside its shell. */
public final class ShownImages {

    /** Of a picture with a title, an axis and a curve, or of a small table. */
    private static final int LEAST_INK = 400;

    private static final List<BufferedImage> SHOWN = new ArrayList<>();

    private ShownImages() {}

    /** Notes the value of a cell, if it is an image. */
    public static void add(Object value) {
        if (value instanceof BufferedImage image) {
            SHOWN.add(image);
        }
    }

    /** The images since the last call. */
    static List<BufferedImage> taken() {
        List<BufferedImage> taken = List.copyOf(SHOWN);
        SHOWN.clear();
        return taken;
    }

    /** Whether an image has more than its ground on it. */
    static boolean drawn(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        int ink = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                int colour = image.getRGB(x, y);
                colours.add(colour);
                ink += colour == image.getRGB(0, 0) ? 0 : 1;
            }
        }
        return colours.size() > 2 && ink > LEAST_INK;
    }
}
