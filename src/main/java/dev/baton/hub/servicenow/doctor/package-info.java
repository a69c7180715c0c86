/**
 * What {@code ./baton doctor servicenow} looks at. Every check is a pure function from rows of
 * tables to a {@link dev.baton.operations.doctor.Finding}; {@code Examination} reads the tables and
 * says in which order they are looked at. Names of tables and columns come from ServiceNow's
 * documentation and from public code; where an instance has no such table or column, a check says
 * so and never fails because of it.
 */
package dev.baton.hub.servicenow.doctor;
