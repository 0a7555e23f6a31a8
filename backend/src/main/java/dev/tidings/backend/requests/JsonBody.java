package dev.tidings.backend.requests;

import tools.jackson.databind.node.ObjectNode;

/** @param bytes as they were sent */
public record JsonBody(byte[] bytes, ObjectNode json) {}
