package dev.tidings.backend.audit;

import java.util.HexFormat;
import java.util.Optional;

/** Checks the links of the audit log in their order, and stops at the first fault. One thread uses it. */
final class Chain {
    private static final String BEGINNING = "00".repeat(32);

    private Link last = new Link(0, "", BEGINNING, BEGINNING);

    /**
     * What an entry says of its place in the chain; hashes in hex.
     *
     * @param previousHash of the entry before
     * @param hash as it was written
     * @param computed what the entry's content hashes to now
     */
    record Link(long number, String previousHash, String hash, String computed) {
        static Link of(long number, byte[] previousHash, byte[] hash, byte[] computed) {
            HexFormat hex = HexFormat.of();
            return new Link(number, hex.formatHex(previousHash), hex.formatHex(hash), hex.formatHex(computed));
        }
    }

    /** @param number the entry where the chain is broken */
    record Fault(long number, String what) {}

    /** Number of the last entry that was checked; 0 before the first. */
    long lastNumber() {
        return last.number();
    }

    Optional<Fault> append(Link link) {
        if (link.number() != last.number() + 1) {
            return fault(last.number() + 1, "it is missing: the next entry is " + link.number());
        }
        if (!link.hash().equals(link.computed())) {
            return fault(link.number(), "it was changed: its content does not have its hash");
        }
        if (!link.previousHash().equals(last.hash())) {
            return fault(link.number(), "it does not follow the entry before it, which was replaced");
        }
        last = link;
        return Optional.empty();
    }

    /** After the last link: whether the chain ends where the head says. */
    Optional<Fault> end(long headNumber, String headHash) {
        if (last.number() < headNumber) {
            return fault(
                    last.number() + 1, "it is missing: the log ends before it, and its head is entry " + headNumber);
        }
        if (!last.hash().equals(headHash)) {
            return fault(headNumber, "it was replaced: the head of the log has another hash");
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(long number, String what) {
        return Optional.of(new Fault(number, what));
    }
}
