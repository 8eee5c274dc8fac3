package io.mealexpense.edge.security;

import org.springframework.security.web.util.matcher.RequestMatcher;

/** Requests for pages and their assets, which hold nobody's data and answer without a sign-in. */
@FunctionalInterface
public interface OpenPages extends RequestMatcher {}
