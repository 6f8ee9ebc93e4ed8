package example;

import dev.odeon.graph.*;
import dev.odeon.graph.layers.*;
import dev.odeon.graph.parameters.*;
import dev.odeon.graph.runtime.*;
import dev.odeon.ode.*;
import dev.odeon.solvers.*;
import dev.odeon.solvers.linear.*;
import dev.odeon.solvers.steps.*;
import java.util.List;
import org.tensorflow.*;
import org.tensorflow.op.*;
import org.tensorflow.types.*;

public final class Example {
    public static void main(String[] arguments) {
        // @readme.example@
    }
}
