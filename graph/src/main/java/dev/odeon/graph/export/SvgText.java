package dev.odeon.graph.export;

import java.util.Locale;

/**
 * A drawing as a picture: one frame below the other, in each the layers of {@link Layers} from top to bottom.
 *
 * <p>Graphviz lays large graphs out better, but is a program of its own, which not every machine has.
 */
final class SvgText {

    private static final int MARGIN = 20;
    private static final int TITLE = 24;

    private SvgText() {}

    static String of(Drawing drawing) {
        StringBuilder body = new StringBuilder();
        double width = 0;
        double y = MARGIN;
        for (Drawing.Frame frame : drawing.frames()) {
            Layers layers = Layers.of(frame);
            body.append(String.format(Locale.ROOT, "<g transform=\"translate(%d,%.0f)\">\n", MARGIN, y));
            if (!frame.name().isEmpty()) {
                body.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"frame\" width=\"%.0f\" height=\"%.0f\" fill=\"#fafafa\" stroke=\"#999999\"/>"
                                + "<text x=\"8\" y=\"17\" text-anchor=\"start\" font-weight=\"bold\">%s</text>\n",
                        layers.width(),
                        layers.height() + TITLE,
                        escaped(frame.name())));
            }
            body.append("<g transform=\"translate(0,").append(TITLE).append(")\">\n");
            for (Drawing.Edge edge : frame.edges()) {
                Layers.Place from = layers.place(edge.from());
                Layers.Place to = layers.place(edge.to());
                double middle = (from.bottom() + to.top()) / 2;
                body.append(String.format(
                        Locale.ROOT,
                        "<path fill=\"none\" stroke=\"#888888\" stroke-width=\"0.8\" d=\"M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>\n",
                        from.centre(),
                        from.bottom(),
                        from.centre(),
                        middle,
                        to.centre(),
                        middle,
                        to.centre(),
                        to.top()));
            }
            frame.nodes().forEach(node -> node(body, node, layers.place(node.name())));
            body.append("</g>\n</g>\n");
            width = Math.max(width, layers.width());
            y += layers.height() + TITLE + MARGIN;
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
                                + " font-family=\"sans-serif\" font-size=\"11\" text-anchor=\"middle\">\n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                        width + 2 * MARGIN,
                        y)
                + body + "</svg>\n";
    }

    private static void node(StringBuilder body, Drawing.Node node, Layers.Place place) {
        // Each shape says its colours itself: some viewers read no style sheets.
        int round = node.look() == Drawing.Look.BOX ? 0 : 9;
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%d\" fill=\"%s\""
                        + " stroke=\"#333333\" stroke-width=\"%s\"><title>%s</title></rect>\n",
                node.look().name().toLowerCase(Locale.ROOT),
                place.left(),
                place.top(),
                place.width(),
                place.height(),
                round,
                fill(node.look()),
                round == 0 ? "2.5" : "1",
                escaped(node.name())));
        for (int i = 0; i < node.lines().size(); i++) {
            body.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                    place.centre(),
                    place.top() + 14 + i * Layers.LINE,
                    escaped(node.lines().get(i))));
        }
    }

    private static String fill(Drawing.Look look) {
        return switch (look) {
            case INPUT -> "#cfe2f3";
            case OUTPUT -> "#fce5cd";
            case PARAMETER -> "#eeeeee";
            case OPERATION, BOX -> "#ffffff";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
