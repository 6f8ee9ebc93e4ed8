package dev.odeon.graph.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TInt32;

class DeviceDataTest {

    /** A GPU has no variables of 32-bit integers. */
    @Test
    void integersAreStoredIn64BitsAndReadAsTheyWereGiven() {
        try (TestGraph graph = new TestGraph();
                TInt32 rows = TInt32.vectorOf(3, -1, Integer.MAX_VALUE)) {
            DeviceData data = new DeviceData(graph.tf());
            data.declare("rows", rows);
            Session session = graph.session();
            data.load(session, "rows", rows);
            try (Result result = session.runner()
                    .fetch(data.read().get("rows", TInt32.class))
                    .run()) {
                assertThat(StdArrays.array1dCopyOf((TInt32) result.get(0))).containsExactly(3, -1, Integer.MAX_VALUE);
            }
            List<NodeDef> nodes = graph.graph().toGraphDef().getNodeList();
            assertThat(nodes)
                    .filteredOn(node -> node.getOp().equals("VarHandleOp"))
                    .isNotEmpty()
                    .allSatisfy(node ->
                            assertThat(node.getAttrOrThrow("dtype").getType()).isNotEqualTo(DataType.DT_INT32));
        }
    }
}
