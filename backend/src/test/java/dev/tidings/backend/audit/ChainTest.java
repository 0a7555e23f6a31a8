package dev.tidings.backend.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.audit.Chain.ChainFault;
import dev.tidings.backend.audit.Chain.Link;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final String ZERO = "00".repeat(32);
    private static final Link FIRST = new Link(1, ZERO, "a1", "a1");
    private static final Link SECOND = new Link(2, "a1", "b2", "b2");

    private final Chain chain = new Chain();

    @Test
    void aWholeChainHasNoFault() {
        assertThat(chain.append(FIRST)).isEmpty();
        assertThat(chain.append(SECOND)).isEmpty();
        assertThat(chain.end(2, "b2")).isEmpty();
    }

    @Test
    void anEmptyLogIsWhole() {
        assertThat(chain.end(0, ZERO)).isEmpty();
    }

    @Test
    void aChangedEntryIsFound() {
        chain.append(FIRST);

        assertThat(chain.append(new Link(2, "a1", "b2", "c3")))
                .map(ChainFault::number)
                .contains(2L);
    }

    @Test
    void anEntryWhosePredecessorWasReplacedIsFound() {
        chain.append(new Link(1, ZERO, "ff", "ff"));

        assertThat(chain.append(SECOND)).map(ChainFault::number).contains(2L);
    }

    @Test
    void missingEntriesAreFoundAtTheBeginningInTheMiddleAndAtTheEnd() {
        assertThat(chain.append(SECOND)).map(ChainFault::number).contains(1L);
        chain.append(FIRST);
        assertThat(chain.append(new Link(3, "b2", "c3", "c3")))
                .map(ChainFault::number)
                .contains(2L);
        assertThat(chain.end(4, "d4")).map(ChainFault::number).contains(2L);
    }

    @Test
    void aRewrittenLastEntryIsFoundByTheHead() {
        chain.append(new Link(1, ZERO, "ff", "ff"));

        assertThat(chain.end(1, "a1")).map(ChainFault::number).contains(1L);
    }
}
