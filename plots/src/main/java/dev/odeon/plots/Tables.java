package dev.odeon.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Tables of words and numbers as pictures. */
public final class Tables {

    private static final Font HEADER = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final int ROW = 26;
    private static final int GAP = 14;
    private static final Color STRIPE = new Color(242, 245, 249);

    private Tables() {}

    /**
     * Draws a table; the columns of numbers are set to the right.
     *
     * @param header names of the columns, with units
     * @param rows as many cells in each as the header has names
     */
    public static Picture picture(List<String> header, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("The row " + row + " has " + row.size() + " cells for "
                        + header.size() + " columns: give one cell for each column");
            }
        }
        int[] widths = widths(header, rows);
        int width = GAP;
        for (int each : widths) {
            width += each + GAP;
        }
        return new Picture(width, (rows.size() + 1) * ROW + GAP, (graphics, area) -> {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            for (int i = 0; i < rows.size(); i++) {
                if (i % 2 == 0) {
                    graphics.setColor(STRIPE);
                    graphics.fillRect(0, (i + 1) * ROW + GAP / 2, (int) area.getWidth(), ROW);
                }
            }
            draw(graphics, HEADER, header, 0, widths, rows);
            for (int i = 0; i < rows.size(); i++) {
                draw(graphics, TEXT, rows.get(i), i + 1, widths, rows);
            }
            graphics.drawLine(0, ROW + GAP / 2, (int) area.getWidth(), ROW + GAP / 2);
        });
    }

    private static void draw(
            Graphics2D graphics, Font font, List<String> cells, int row, int[] widths, List<List<String>> rows) {
        graphics.setFont(font);
        graphics.setColor(Color.BLACK);
        FontMetrics metrics = graphics.getFontMetrics();
        int baseline = row * ROW + GAP / 2 + (ROW + metrics.getAscent() - metrics.getDescent()) / 2;
        int x = GAP;
        for (int i = 0; i < cells.size(); i++) {
            int column = i;
            boolean right = !rows.isEmpty() && rows.stream().allMatch(each -> number(each.get(column)));
            int free = right ? widths[i] - metrics.stringWidth(cells.get(i)) : 0;
            graphics.drawString(cells.get(i), x + free, baseline);
            x += widths[i] + GAP;
        }
    }

    /** Whether a cell begins as a number does; NaN and a dash for none count as numbers. */
    static boolean number(String cell) {
        return cell.equals("-")
                || cell.equals("NaN")
                || (!cell.isEmpty() && (Character.isDigit(cell.charAt(0)) || cell.startsWith("-")));
    }

    private static int[] widths(List<String> header, List<List<String>> rows) {
        BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = probe.createGraphics();
        try {
            FontMetrics bold = graphics.getFontMetrics(HEADER);
            FontMetrics plain = graphics.getFontMetrics(TEXT);
            List<Integer> widths = new ArrayList<>();
            for (int i = 0; i < header.size(); i++) {
                int column = i;
                widths.add(Math.max(
                        bold.stringWidth(header.get(i)),
                        rows.stream()
                                .mapToInt(row -> plain.stringWidth(row.get(column)))
                                .max()
                                .orElse(0)));
            }
            return widths.stream().mapToInt(Integer::intValue).toArray();
        } finally {
            graphics.dispose();
        }
    }
}
