package dev.odeon.plots;

import dev.odeon.datasets.AtomicFile;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;

/**
 * A drawing with a size, in pixels.
 *
 * <p>It is drawn anew whenever an image or a file is asked for, and holds nothing that must be closed.
 */
public final class Picture {

    /** What is drawn. */
    interface Drawing {
        /** Fills an area. */
        void draw(Graphics2D graphics, Rectangle2D area);
    }

    private final int width;
    private final int height;
    private final Drawing drawing;

    Picture(int width, int height, Drawing drawing) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "A picture of " + width + " by " + height + " pixels: give 1 or more of each");
        }
        this.width = width;
        this.height = height;
        this.drawing = drawing;
    }

    static Picture of(JFreeChart chart, int width, int height) {
        return new Picture(width, height, (graphics, area) -> chart.draw(graphics, area));
    }

    /** Charts of one size in a grid, row by row. */
    static Picture grid(List<JFreeChart> charts, int columns, int width, int height) {
        int rows = (charts.size() + columns - 1) / columns;
        return new Picture(columns * width, Math.max(1, rows) * height, (graphics, area) -> {
            double across = area.getWidth() / columns;
            double down = area.getHeight() / Math.max(1, rows);
            for (int i = 0; i < charts.size(); i++) {
                charts.get(i)
                        .draw(
                                graphics,
                                new Rectangle2D.Double(
                                        area.getX() + i % columns * across,
                                        area.getY() + (double) (i / columns) * down,
                                        across,
                                        down));
            }
        });
    }

    /** The same drawing in another size, in pixels; letters stay as large as they are. */
    public Picture withSize(int otherWidth, int otherHeight) {
        return new Picture(otherWidth, otherHeight, drawing);
    }

    /** The picture as an image in memory. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setBackground(java.awt.Color.WHITE);
            graphics.clearRect(0, 0, width, height);
            drawing.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * Writes the picture as a PNG file, in one step.
     *
     * @throws dev.odeon.datasets.DataException if the file cannot be written
     */
    public void png(Path file) {
        BufferedImage image = image();
        AtomicFile.write(file, temporary -> ImageIO.write(image, "png", temporary.toFile()));
    }
}
