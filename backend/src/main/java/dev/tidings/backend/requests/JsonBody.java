package dev.tidings.backend.requests;

import tools.jackson.databind.node.ObjectNode;

/** @param bytes body as sent */
public record JsonBody(byte[] bytes, ObjectNode json) {}
