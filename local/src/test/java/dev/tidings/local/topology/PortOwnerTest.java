package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortOwnerTest {

    private static final List<String> TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0
               1: 0100007F:1F40 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0
               2: 0100007F:1F44 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0
            """.lines().toList();

    @Test
    void onlyTheListeningSocketOfThePortCounts() {
        assertThat(PortOwner.listeningInodes(TABLE, 8000)).containsExactly("4711");
    }
}
