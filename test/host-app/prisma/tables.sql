-- What the host application's own migrations would make.
CREATE TABLE public."User" (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE public."Customer" (
  id text PRIMARY KEY,
  "ownerId" integer NOT NULL REFERENCES public."User",
  company text NOT NULL,
  plan text NOT NULL DEFAULT 'free'
);
CREATE TABLE public."Message" (
  id serial PRIMARY KEY,
  "customerId" text NOT NULL REFERENCES public."Customer",
  content text NOT NULL
);
