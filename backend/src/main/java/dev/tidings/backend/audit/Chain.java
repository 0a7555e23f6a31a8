package dev.tidings.backend.audit;

import java.util.HexFormat;
import java.util.Optional;

/** Verifies the links of the audit log in order, up to the first fault. Not safe for several threads. */
final class Chain {
    private static final String BEGINNING = "00".repeat(32);

    private Link last;

    /** Begins before the first entry. */
    Chain() {
        this(0, BEGINNING);
    }

    /**
     * Begins after an entry that was verified before.
     *
     * @param hash hash of the entry, in hex
     */
    Chain(long number, String hash) {
        last = new Link(number, "", hash, hash);
    }

    /**
     * The hashes of an entry, in hex.
     *
     * @param previousHash stored hash of the entry before
     * @param hash stored hash of the entry
     * @param computed hash of the current content of the entry
     */
    record Link(long number, String previousHash, String hash, String computed) {
        static Link of(long number, byte[] previousHash, byte[] hash, byte[] computed) {
            HexFormat hex = HexFormat.of();
            return new Link(number, hex.formatHex(previousHash), hex.formatHex(hash), hex.formatHex(computed));
        }
    }

    /** @param number number of the entry at which the chain is broken */
    record ChainFault(long number, String what) {}

    /** Returns the number of the last verified entry; 0 before the first. */
    long lastNumber() {
        return last.number();
    }

    /** Returns the hash of the last verified entry, in hex; 64 zeros before the first. */
    String lastHash() {
        return last.hash();
    }

    Optional<ChainFault> append(Link link) {
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

    /** Verifies after the last link that the chain ends at the head. */
    Optional<ChainFault> end(long headNumber, String headHash) {
        if (last.number() < headNumber) {
            return fault(
                    last.number() + 1,
                    "the entry is missing: the log ends before it, and its head is entry " + headNumber);
        }
        if (!last.hash().equals(headHash)) {
            return fault(headNumber, "the entry was replaced: the head of the log has another hash");
        }
        return Optional.empty();
    }

    private static Optional<ChainFault> fault(long number, String what) {
        return Optional.of(new ChainFault(number, what));
    }
}
